package io.meshwright.bench;

import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a check and a trace do most, over the committed manifests of azure. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CheckBenchmark {
    private static final Path DIST = Path.of("dist/azure");
    private final SortedMap<String, String> texts = new TreeMap<>();
    private Reading reading;
    private Mesh mesh;
    private List<Manifest> custom;

    @Setup
    public void read() throws IOException {
        try (Stream<Path> files = Files.walk(DIST)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                texts.put(file.toString(), Files.readString(file));
            }
        }
        reading = reading();
        mesh = Mesh.of(reading.manifests());
        CustomResources definitions = new CustomResources(Mesh.DEFAULT_VERSION);
        custom = reading.manifests().all().stream()
                .filter(manifest -> definitions.schema(manifest).isPresent())
                .toList();
    }

    /** YAML to manifests, with the place of each field. */
    @Benchmark
    public Reading readsYaml() {
        return reading();
    }

    /** Every custom resource compared with its schema and the rules in it. */
    @Benchmark
    public void walksSchemas(Blackhole result) {
        CustomResources definitions = new CustomResources(Mesh.DEFAULT_VERSION);
        custom.forEach(manifest -> result.consume(definitions.violations(manifest)));
    }

    /** What manifests select, route and let in, as the indexes that rules ask. */
    @Benchmark
    public Mesh indexesMesh() {
        return Mesh.of(reading.manifests());
    }

    /** All rules, with what they look up. */
    @Benchmark
    public Findings runsRules() {
        return Checks.run(reading, Optional.empty());
    }

    /** One request through the gateway's listeners, routes and policies to a service. */
    @Benchmark
    public Object matchesRoute() {
        return Trace.of(mesh)
                .request("GET", "https://oauth.buildingbite.com/realms/shop")
                .clientIp("198.51.100.7")
                .path();
    }

    private Reading reading() {
        ManifestReader reader = new ManifestReader();
        texts.forEach(reader::text);
        return reader.read();
    }
}
