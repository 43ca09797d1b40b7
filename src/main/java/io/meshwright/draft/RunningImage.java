package io.meshwright.draft;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.ImageReference;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Shadow;
import io.meshwright.value.traffic.Variant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image that an environment runs.
 *
 * @param of who runs it
 * @param key where the file says so, or would
 * @param written true if the key is there; a version without it runs the service's image
 */
public record RunningImage(Runner of, KeyPath key, ImageReference image, boolean written) {
    /** A service, or one of the versions of it that run side by side. */
    public record Runner(Name service, @Nullable Name version) implements Comparable<Runner> {
        private static final Comparator<Runner> ORDER = Comparator.comparing(
                        (Runner runner) -> runner.service().toString())
                .thenComparing(runner ->
                        runner.version() == null ? "" : runner.version().toString());

        @Override
        public int compareTo(Runner other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return version == null ? service.toString() : "version %s of %s".formatted(version, service);
        }
    }

    /** All of an environment whose pods are its own, services before their versions. */
    public static SortedMap<Runner, RunningImage> of(Environment environment) {
        SortedMap<Runner, RunningImage> images = new TreeMap<>();
        environment
                .services()
                .forEach((name, service) -> Optional.ofNullable(service.container())
                        .ifPresent(container -> {
                            KeyPath at = KeyPath.of("services").key(name.toString());
                            put(
                                    images,
                                    new Runner(name, null),
                                    at.then("container.image"),
                                    container.image(),
                                    container.image());
                            versions(images, name, service, at.then("release"), container.image());
                        }));
        return images;
    }

    private static void versions(
            SortedMap<Runner, RunningImage> images, Name name, Service service, KeyPath at, ImageReference usual) {
        Release release = service.release();
        if (release instanceof Shadow shadow) {
            put(
                    images,
                    new Runner(name, shadow.live().name()),
                    at.then("live.image"),
                    shadow.live().image(),
                    usual);
            put(
                    images,
                    new Runner(name, shadow.shadow().name()),
                    at.then("shadow.image"),
                    shadow.shadow().image(),
                    usual);
            return;
        }
        List<Variant> variants = release == null ? List.of() : release.variants();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            put(
                    images,
                    new Runner(name, variant.name()),
                    at.then("versions").index(i).then("image"),
                    variant.image(),
                    usual);
        }
    }

    private static void put(
            SortedMap<Runner, RunningImage> images,
            Runner runner,
            KeyPath key,
            @Nullable ImageReference own,
            ImageReference usual) {
        images.put(runner, new RunningImage(runner, key, own == null ? usual : own, own != null));
    }
}
