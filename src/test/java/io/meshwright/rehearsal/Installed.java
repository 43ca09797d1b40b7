package io.meshwright.rehearsal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code .ci/rehearsal} has built: programs, and the sources of the charts. */
record Installed(Path home) {
    private static final String MISSING = "%s is missing, so nothing is rehearsed that needs it: run .ci/rehearsal";

    static Installed here() {
        String home = System.getenv("MESHWRIGHT_REHEARSAL");
        return new Installed(
                home == null
                        ? Path.of(System.getProperty("user.home"), ".cache", "meshwright", "rehearsal")
                        : Path.of(home));
    }

    /**
     * A program that was built, or the one of that name on the path; the calling test is skipped where there is none.
     */
    Path program(String name) {
        Optional<Path> found = Stream.concat(
                        Stream.of(home.resolve("bin")),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(Path::of))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), () -> MISSING.formatted(name));
        return found.orElseThrow();
    }

    /** A folder of a module's source; the calling test is skipped where it was not had. */
    Path source(String module, String... below) {
        Path folder = home.resolve("src").resolve(module);
        assumeTrue(Files.isDirectory(folder), () -> MISSING.formatted("the source of %s".formatted(module)));
        return Path.of(folder.toString(), below);
    }

    /** Skips the calling test where one of the programs is missing, before anything is started. */
    Installed with(String... programs) {
        Stream.of(programs).forEach(this::program);
        return this;
    }

    /** Skips the calling test where this user may not listen where the API server looks for istiod: on port 443. */
    Installed withWebhooks() throws IOException {
        boolean allowed;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(ControlPlane.FIRST_SERVICE), 443));
            allowed = true;
        } catch (SocketException e) {
            allowed = false;
        }
        assumeTrue(
                allowed,
                "port 443 of loopback is not ours, so istiod cannot inject: run the tests as root, or "
                        + "lower net.ipv4.ip_unprivileged_port_start");
        return this;
    }
}
