#include "faulty_disk.h"

#include <sqlite3.h>

#include <atomic>

namespace newswatch::store {

namespace {

std::atomic<int> write_code{SQLITE_OK};
std::atomic<int> good_writes{0};
std::atomic<int> sync_code{SQLITE_OK};

/// SQLite allots szOsFile bytes: this, and behind it the file of the real VFS.
struct WrappedFile {
    sqlite3_file base;
    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<WrappedFile*>(file)->real();
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    if (write_code != SQLITE_OK && good_writes-- <= 0) return write_code;
    return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

int sync(sqlite3_file* file, int flags) {
    if (sync_code != SQLITE_OK) return sync_code;
    return real(file)->pMethods->xSync(real(file), flags);
}

const sqlite3_io_methods kMethods{
    .iVersion = 2,
    .xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
    .xRead = [](sqlite3_file* f, void* p, int n,
                sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), p, n, at); },
    .xWrite = write,
    .xTruncate = [](sqlite3_file* f, sqlite3_int64 n) { return real(f)->pMethods->xTruncate(real(f), n); },
    .xSync = sync,
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* n) { return real(f)->pMethods->xFileSize(real(f), n); },
    .xLock = [](sqlite3_file* f, int l) { return real(f)->pMethods->xLock(real(f), l); },
    .xUnlock = [](sqlite3_file* f, int l) { return real(f)->pMethods->xUnlock(real(f), l); },
    .xCheckReservedLock = [](sqlite3_file* f,
                             int* r) { return real(f)->pMethods->xCheckReservedLock(real(f), r); },
    .xFileControl = [](sqlite3_file* f, int op,
                       void* p) { return real(f)->pMethods->xFileControl(real(f), op, p); },
    .xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    .xDeviceCharacteristics =
        [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    .xShmMap = [](sqlite3_file* f, int page, int size, int extend,
                  void volatile** p) { return real(f)->pMethods->xShmMap(real(f), page, size, extend, p); },
    .xShmLock = [](sqlite3_file* f, int at, int n,
                   int flags) { return real(f)->pMethods->xShmLock(real(f), at, n, flags); },
    .xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    .xShmUnmap = [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* underlying = nullptr;
sqlite3_vfs wrapped{};

int open_file(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* mine = reinterpret_cast<WrappedFile*>(file);
    const int code = underlying->xOpen(underlying, name, mine->real(), flags, out_flags);
    file->pMethods = mine->real()->pMethods != nullptr ? &kMethods : nullptr;
    return code;
}

}  // namespace

FaultyDisk::FaultyDisk() {
    heal();
    underlying = sqlite3_vfs_find(nullptr);
    wrapped = *underlying;  // what is not wrapped works on the real VFS's own data
    wrapped.zName = "faulty";
    wrapped.szOsFile = static_cast<int>(sizeof(WrappedFile)) + underlying->szOsFile;
    wrapped.xOpen = open_file;
    sqlite3_vfs_register(&wrapped, 1);
}

FaultyDisk::~FaultyDisk() {
    heal();
    sqlite3_vfs_unregister(&wrapped);
    sqlite3_vfs_register(underlying, 1);
}

void FaultyDisk::fail_writes(int code, int good) {
    good_writes = good;
    write_code = code;
}

void FaultyDisk::fail_syncs(int code) {
    sync_code = code;
}

void FaultyDisk::heal() {
    write_code = SQLITE_OK;
    sync_code = SQLITE_OK;
}

}  // namespace newswatch::store
