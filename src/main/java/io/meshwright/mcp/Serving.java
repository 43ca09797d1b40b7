package io.meshwright.mcp;

import io.meshwright.check.report.Told;
import io.meshwright.mcp.tool.Roots;
import io.meshwright.mcp.tool.Tools;
import io.meshwright.web.Token;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Serves clients until they, or a person, end it. */
final class Serving {
    private final String version;
    private final Roots roots;
    private final Function<Path, UnaryOperator<Told>> keys;
    private final Runnable rest;

    /**
     * @param keys of an environment file, what adds the key to a finding whose construct is known
     * @param rest told when there is nothing to do but to wait
     */
    Serving(String version, Roots roots, Function<Path, UnaryOperator<Told>> keys, Runnable rest) {
        this.version = version;
        this.roots = roots;
        this.keys = keys;
        this.rest = rest;
    }

    /** Nothing else may come between the messages, whatever a library prints. */
    void stdio() throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        try (Protocol protocol = new Protocol(version, Tools.of(roots, keys))) {
            rest.run();
            new StdioCarrier(protocol, System.in, out).run();
        } finally {
            System.setOut(out);
        }
    }

    /**
     * Tells where it is heard, and the token where no file holds it.
     *
     * @param port 0 for any that is free
     * @throws IOException when the port is taken
     */
    void http(int port, @Nullable Path tokenFile, PrintWriter err) throws IOException {
        Token token = tokenFile == null ? Token.random() : Token.of(tokenFile);
        try (Protocol protocol = new Protocol(version, Tools.of(roots, keys));
                HttpCarrier carrier = HttpCarrier.start(port, protocol, token)) {
            err.println("%s; Ctrl-C ends it".formatted(carrier.address()));
            if (tokenFile == null) {
                err.println("Authorization: Bearer %s".formatted(token.text()));
            }
            err.flush();
            rest.run();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
