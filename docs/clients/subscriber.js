#!/usr/bin/env node
// Prints newswatch alerts as they come: time, priority, watchlist, language, title.
//
//     node subscriber.js ENDPOINT [PREFIX] [--count N]
//
// Needs the package zeromq, version 6 (npm install zeromq). Gaps are told on stderr.
"use strict";
const zmq = require("zeromq");

const complain = (text) => console.error(text);

// A title comes from strangers: it may not steer the terminal.
const plain = (text) => (text ?? "").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ");

function show(event) {
  const { watchlist, article, count } = event.data;
  const priority = event.subject.split("/")[1];
  const title = article ? plain(article.title) : `${count} alerts in one digest`;
  console.log([event.time, priority, watchlist.id, article?.language ?? "-", title].join("\t"));
}

function read_arguments(given) {
  const at = given.indexOf("--count");
  const count = at < 0 ? 0 : Number(given.splice(at, 2)[1]);
  const [endpoint, prefix = "alert/"] = given;
  if (!endpoint || !Number.isInteger(count)) {
    complain("usage: node subscriber.js ENDPOINT [PREFIX] [--count N]");
    process.exit(2);
  }
  if (prefix && !prefix.endsWith("/")) {
    complain("a prefix ends with a slash, or alert/wl-1 would meet alert/wl-10/ too");
    process.exit(2);
  }
  return { endpoint, prefix, count };
}

async function main() {
  const { endpoint, prefix, count } = read_arguments(process.argv.slice(2));
  // At most 1000 prefixes for a socket: subscriptions are messages, and this binding does not raise SNDHWM of SUB.
  const socket = new zmq.Subscriber();
  socket.subscribe(prefix);
  socket.subscribe("hb/"); // last: its first heartbeat proves the subscription above
  socket.connect(endpoint);
  const silence = setInterval(
    () => complain(`no heartbeat for 5 s from ${endpoint}: is newswatchd running?`), 5000);

  const everything = prefix === "" || prefix === "alert/";
  const last = new Map();
  let stream = null;
  let reached = 0n; // all numbers up to it came, or are not ours
  let shown = 0;
  for await (const [name, numbers, payload] of socket) {
    silence.refresh();
    const topic = name.toString();
    const first = numbers.readBigUInt64BE(0); // numbers have 64 bits: no Number
    const second = numbers.readBigUInt64BE(8);
    if (topic.startsWith("alert/")) { // first: its number, second: the number before with this topic
      const known = last.get(topic) ?? 0n;
      if (stream && second > reached && second > known) complain(`gap: alert ${second} of ${topic} was missed`);
      last.set(topic, first);
      if (everything && first > reached) reached = first;
      show(JSON.parse(payload));
      if (++shown === count) break;
    } else if (topic === "hb/") { // first: the last number sent, second: the first that is still kept
      const said = JSON.parse(payload).stream;
      if (stream && stream !== said) {
        complain(`a new stream began: ${said}; alerts of the old one may have been missed`);
        last.clear();
      } else if (stream && everything && first > reached) {
        complain(`gap: alerts ${reached + 1n} to ${first} were missed`);
      }
      if (stream !== said || everything) [stream, reached] = [said, first];
    }
  }
  clearInterval(silence);
  socket.close();
}

main();
