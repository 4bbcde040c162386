#pragma once

/// A disk that fails on command: SQLite's default VFS, wrapped.
namespace newswatch::store {

/// While it lives, every database that is opened in this process is on the faulty disk.
class FaultyDisk {
  public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    /// The write after `good` more writes ends with `code`, and so do all that follow.
    static void fail_writes(int code, int good = 0);
    /// The flushes that follow end with `code`.
    static void fail_syncs(int code);
    static void heal();
};

}  // namespace newswatch::store
