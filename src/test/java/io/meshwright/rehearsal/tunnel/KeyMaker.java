package io.meshwright.rehearsal.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Keys and certificates of one run, made by openssl: one key for all, since only names differ in what it shows. */
final class KeyMaker {
    private static final String KEY = "tunnel.key";
    private static final int MOST_NAMES = 500;

    private final Path folder;

    private KeyMaker(Path folder) {
        this.folder = folder;
    }

    static KeyMaker in(Path folder) throws IOException {
        KeyMaker keys = new KeyMaker(folder);
        keys.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", KEY);
        keys.openssl("req", "-new", "-key", KEY, "-subj", "/O=tunnel", "-out", "tunnel.csr");
        return keys;
    }

    String key() throws IOException {
        return Files.readString(folder.resolve(KEY));
    }

    String certificateRequest() throws IOException {
        return Files.readString(folder.resolve("tunnel.csr"));
    }

    /** A certificate for these hosts, which vouches for itself. */
    String certificate(Collection<String> hosts) throws IOException {
        String names = new TreeSet<>(hosts)
                .stream().limit(MOST_NAMES).map("DNS:"::concat).collect(Collectors.joining(","));
        openssl(
                "req",
                "-x509",
                "-key",
                KEY,
                "-days",
                "2",
                "-subj",
                "/CN=tunnel",
                "-addext",
                "subjectAltName=DNS:tunnel.test%s".formatted(names.isEmpty() ? "" : ",".concat(names)),
                "-out",
                "tunnel.crt");
        return Files.readString(folder.resolve("tunnel.crt"));
    }

    private void openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("%s: %s".formatted(command, Files.readString(log)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
