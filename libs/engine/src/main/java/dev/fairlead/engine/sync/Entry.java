package dev.fairlead.engine.sync;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One file of a checkout.
///
/// @param path relative, with `/` between its parts
/// @param digest of its content; of a symbolic link its target
record Entry(String path, Sort sort, long size, String digest) {
    enum Sort {
        FILE,
        PROGRAM,
        LINK
    }

    static void write(List<Entry> entries, DataOutputStream out) throws IOException {
        out.writeInt(entries.size());
        for (var entry : entries) {
            out.writeUTF(entry.path);
            out.writeUTF(entry.sort.name());
            out.writeLong(entry.size);
            out.writeUTF(entry.digest);
        }
    }

    static List<Entry> read(DataInputStream in) throws IOException {
        int count = in.readInt();
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            entries.add(
                    new Entry(
                            in.readUTF(), Sort.valueOf(in.readUTF()), in.readLong(), in.readUTF()));
        }
        return entries;
    }

    static SortedMap<String, Entry> byPath(List<Entry> entries) {
        var map = new TreeMap<String, Entry>();
        entries.forEach(entry -> map.put(entry.path, entry));
        return map;
    }
}
