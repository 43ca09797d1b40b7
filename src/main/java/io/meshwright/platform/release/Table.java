package io.meshwright.platform.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meshwright.value.Day;
import io.meshwright.value.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The compatibility table as it is written in {@code compatibility.yaml}, read strictly. */
record Table(Istio istio, SortedMap<String, Charts> charts, SortedMap<String, Images> images) {
    private static final String RESOURCE = "compatibility.yaml";
    static final Table KNOWN = read();

    private static Table read() {
        try (InputStream text = Table.class.getResourceAsStream(RESOURCE)) {
            return mapper().readValue(text, Table.class);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(RESOURCE), e);
        }
    }

    private static ObjectMapper mapper() {
        SimpleModule values = new SimpleModule()
                .addDeserializer(Version.class, scalar(Version::of))
                .addDeserializer(Day.class, scalar(Day::of))
                .addDeserializer(VersionRange.class, scalar(VersionRange::of));
        return new ObjectMapper(new YAMLFactory())
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .registerModule(values);
    }

    private static <T> JsonDeserializer<T> scalar(Function<String, T> value) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return value.apply(parser.getValueAsString());
            }
        };
    }

    record Istio(
            String hub,
            String repository,
            int minorsPerRevisionUpgrade,
            List<Version> agents,
            Version oldestSupported,
            List<Line> lines,
            List<String> unread,
            List<Bulletin> bulletins) {}

    /**
     * One Istio minor: its newest known release, where it runs, which of its patches are admitted, and up to which
     * security bulletin it was looked at.
     */
    record Line(Version release, VersionRange kubernetes, VersionRange patches, String read) {
        Version minor() {
            return release.line();
        }
    }

    record Charts(String name, String repository, List<ChartEntry> releases) {}

    record ChartEntry(
            Version version,
            String chart,
            @Nullable VersionRange kubernetes,
            @Nullable VersionRange istio) implements Entry {}

    record Images(String image, List<ImageEntry> releases) {}

    record ImageEntry(
            Version version,
            @Nullable VersionRange kubernetes,
            @Nullable VersionRange istio) implements Entry {}

    /** One release and where it runs; a range that is absent admits everything. */
    interface Entry {
        Version version();

        @Nullable
        VersionRange kubernetes();

        @Nullable
        VersionRange istio();

        default boolean admits(Version kubernetesLine, Version istioLine) {
            return (kubernetes() == null || kubernetes().contains(kubernetesLine))
                    && (istio() == null || istio().contains(istioLine));
        }

        /** As an error says it: {@code 2.9.0 (Istio 1.26)}. */
        default String described() {
            String on = kubernetes() == null ? "" : " (Kubernetes %s)".formatted(kubernetes());
            return istio() == null ? version() + on : "%s%s (Istio %s)".formatted(version(), on, istio());
        }
    }
}
