package io.meshwright.advise;

import io.meshwright.advise.snapshot.CallQueries;
import io.meshwright.advise.snapshot.ContainerQueries;
import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.VersionQueries;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shop of src/test/resources/advise, and what a Prometheus might have said of it. */
public final class Shop {
    public static final String FILE = "environments/shop.yaml";

    private static final long SEED = 20260301;

    private Shop() {}

    public static String text() {
        return resource("shop.yaml");
    }

    public static String resource(String name) {
        try {
            return Files.readString(Path.of("test/resources/advise", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Reading<Environment> read(String text) {
        return EnvironmentReader.read(FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Reading.Accepted<Environment> accepted(String text) {
        return (Reading.Accepted<Environment>) read(text);
    }

    public static Environment environment() {
        return accepted(text()).value();
    }

    /** Ordinary traffic and nothing to mend but what the file itself has too large. */
    public static DrawnSnapshot plain() {
        return new DrawnSnapshot(environment(), 7, SEED);
    }

    /** One fault in most services. */
    public static DrawnSnapshot faulty() {
        return plain().traffic("cart", 2_400_000, 40, 0.6)
                .plant(Queries.OPEN, "cart", 14.2)
                .plant(Queries.OVERFLOW, "cart", 31_240)
                .traffic("orders", 410_000, 60, 0.7)
                .traffic("search", 980_000, 90, 0.6)
                .traffic("payments", 120_000, 300, 1)
                .plant(Queries.TIMED_OUT, "payments", 480)
                .plant(VersionQueries.ALL_FAILING, "payments", 0.8)
                .traffic("reports", 3_100, 800, 1)
                .traffic("legacy", 0, 50, 0.5)
                .plant(Queries.REQUESTS, "legacy", -1)
                .plant(VersionQueries.ENTERED, "legacy", -1)
                .plant(CallQueries.CALLS, "chat cart", -1)
                .plant(CallQueries.CALLS, "orders search", -1)
                .plant(VersionQueries.TRIES, "orders", 537_100)
                .plant(VersionQueries.FAILED, "orders", 25_010)
                .plant(ContainerQueries.MEMORY, "orders", 495 << 20)
                .plant(ContainerQueries.RESTARTS, "orders", 3)
                .plant(ContainerQueries.CPU, "search", 0.03)
                .plant(ContainerQueries.MEMORY, "search", 118 << 20)
                .plant(ContainerQueries.CPU_OF_ALL, "chat", 0.05)
                .plant(ContainerQueries.PODS, "cart", 4)
                .plant(ContainerQueries.MEMORY, ContainerQueries.SIDECAR, 39 << 20);
    }
}
