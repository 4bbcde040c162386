// Prints newswatch alerts as they come: time, priority, watchlist, language, title.
//     apt install g++ cppzmq-dev nlohmann-json3-dev
//     g++ -std=c++17 -O2 subscriber.cpp -o subscriber -lzmq
//     ./subscriber ENDPOINT [PREFIX] [--count N]        (gaps are told on stderr)
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <zmq.hpp>
using nlohmann::json;

// A title comes from strangers: it may not steer the terminal.
std::string plain(std::string text) {
    for (char& c : text) c = (c >= 0 && c < ' ') || c == 0x7F ? ' ' : c;
    return text;
}

void show(const json& event) {
    const json& data = event.at("data");
    const std::string subject = event.at("subject");
    const json article = data.value("article", json{{"language", nullptr}, {"title", "a digest of several alerts"}});
    const std::string language = article.at("language").is_null() ? "-" : article.at("language");
    const std::size_t slash = subject.find('/');
    std::cout << event.at("time").get<std::string>() << '\t' << subject.substr(slash + 1) << '\t'
              << subject.substr(0, slash) << '\t' << language << '\t' << plain(article.at("title")) << std::endl;
}

std::uint64_t number(const zmq::message_t& frame, std::size_t at) {  // unsigned, 64 bits, big endian
    std::uint64_t value = 0;
    for (std::size_t i = at; i < at + 8; ++i) value = value << 8 | frame.data<unsigned char>()[i];
    return value;
}

int main(int argc, char** argv) {
    std::string endpoint, prefix = "alert/";
    long count = 0, shown = 0;
    for (int i = 1, place = 0; i < argc; ++i) {
        if (argv[i] == std::string{"--count"} && i + 1 < argc) count = std::stol(argv[++i]);
        else (place++ == 0 ? endpoint : prefix) = argv[i];
    }
    if (endpoint.empty() || (!prefix.empty() && prefix.back() != '/'))
        return std::cerr << "usage: subscriber ENDPOINT [PREFIX/] [--count N]\n", 2;
    zmq::context_t context;
    zmq::socket_t socket{context, zmq::socket_type::sub};
    socket.set(zmq::sockopt::sndhwm, 0);  // subscriptions are messages: by default those beyond 1000 are dropped
    socket.set(zmq::sockopt::rcvtimeo, 5000);
    socket.set(zmq::sockopt::subscribe, prefix);
    socket.set(zmq::sockopt::subscribe, "hb/");  // last: its first heartbeat proves the subscription above
    socket.connect(endpoint);
    const bool everything = prefix.empty() || prefix == "alert/";
    std::map<std::string, std::uint64_t> last;
    std::string stream;
    std::uint64_t reached = 0;  // all numbers up to it came, or are not ours
    while (count == 0 || shown < count) {
        zmq::message_t name, numbers, payload;
        if (!socket.recv(name)) {
            std::cerr << "no heartbeat for 5 s from " << endpoint << ": is newswatchd running?\n";
            continue;
        }
        if (!socket.recv(numbers) || !socket.recv(payload) || numbers.size() != 16) return 1;
        const std::string topic = name.to_string();
        const std::uint64_t first = number(numbers, 0), second = number(numbers, 8);
        if (topic.rfind("alert/", 0) == 0) {  // first: its number, second: the number before with this topic
            if (!stream.empty() && second > reached && second > last[topic])
                std::cerr << "gap: alert " << second << " of " << topic << " was missed\n";
            last[topic] = first;
            if (everything) reached = first;
            show(json::parse(payload.to_string_view())), ++shown;
        } else if (topic == "hb/") {  // first: the last number sent, second: the first that is still kept
            const std::string said = json::parse(payload.to_string_view()).at("stream");
            if (!stream.empty() && stream != said) {
                std::cerr << "a new stream began: " << said << "; alerts of the old one may have been missed\n";
                last.clear();
            } else if (!stream.empty() && everything && first > reached) {
                std::cerr << "gap: alerts " << reached + 1 << " to " << first << " were missed\n";
            }
            if (stream != said || everything) stream = said, reached = first;
        }
    }
}
