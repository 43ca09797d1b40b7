package io.meshwright.rehearsal.tunnel;

import java.util.Optional;

/**
 * Where a client of the test connects, and what it says there of where it comes from and where it means to go; without
 * a destination it says nothing, since it is there already.
 */
record Door(String address, int port, Optional<Meant> meant) {
    /** As a PROXY header says it. */
    record Meant(String source, String destination, int port) {}

    static Door direct(String address, int port) {
        return new Door(address, port, Optional.empty());
    }

    static Door told(String address, int port, Meant meant) {
        return new Door(address, port, Optional.of(meant));
    }
}
