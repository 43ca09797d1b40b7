package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The folders that Applications of Argo CD apply, as far as the files among the manifests tell. */
public final class AppliedFolders {
    private final Manifests manifests;
    private final Set<Path> folders;

    public AppliedFolders(Manifests manifests) {
        this.manifests = manifests;
        this.folders = Stream.of(Kind.APPLICATION, Kind.APPLICATION_SET, Kind.FLUX_KUSTOMIZATION, Kind.INSTALLATION)
                        .allMatch(kind -> manifests.kind(kind).isEmpty())
                ? Set.of()
                : manifests.all().stream().map(AppliedFolders::folder).collect(Collectors.toSet());
    }

    public List<Manifest> applications() {
        return manifests.kind(Kind.APPLICATION);
    }

    /** Every Application, and of every ApplicationSet the one that it fills in for its clusters. */
    public Stream<Source> applied() {
        return Stream.concat(
                applications().stream().map(Source::of),
                manifests.kind(Kind.APPLICATION_SET).stream()
                        .map(set -> Source.of(set).at("/spec/template")));
    }

    /** Every source of an Application: {@code spec.source}, or the items of {@code spec.sources}. */
    public static List<Source> sources(Source application) {
        Source spec = application.at("/spec");
        int number = Fields.items(spec.value().path("sources")).size();
        Stream<Source> several = IntStream.range(0, number).mapToObj(index -> spec.item("sources", index));
        Stream<Source> single = spec.value().path("source").isObject() ? Stream.of(spec.at("/source")) : Stream.empty();
        return Stream.concat(single, several).toList();
    }

    /** True if the Application reads the file of that object, or what builds it. */
    public boolean apply(Source application, Manifest object) {
        Path folder = folder(object);
        return sources(application).stream().anyMatch(source -> reads(source.value(), folder));
    }

    /**
     * True if the file of that object lies in a folder.
     *
     * @param path as its reader writes it, from the root of the repository
     * @param below whether the reader looks into folders below it too
     */
    public boolean isIn(String path, boolean below, Manifest object) {
        Path read = path(path.replaceFirst("^(\\./|/)+", ""));
        Path folder = folder(object);
        return !read.toString().isEmpty()
                && (same(folder, read) || below && parents(folder).anyMatch(parent -> same(parent, read)));
    }

    /** The folder in which an object lies. */
    public static String of(Manifest object) {
        return folder(object).toString().replace('\\', '/');
    }

    /** True if the Application reads any file among the manifests. */
    public boolean any(Source application) {
        return sources(application).stream()
                .anyMatch(source -> folders.stream().anyMatch(folder -> reads(source.value(), folder)));
    }

    private boolean reads(JsonNode source, Path folder) {
        String path = source.path("path").asText("");
        Path read = path(path.startsWith("/") ? path.substring(1) : path);
        boolean below = source.at("/directory/recurse").asBoolean(false);
        return !read.toString().isEmpty()
                && (same(folder, read) || below && parents(folder).anyMatch(parent -> same(parent, read)));
    }

    /**
     * The manifests may have been read from below the repository's root or from above it, so one of the two may have
     * more parents than the other; not so where that very folder is among the manifests.
     */
    private boolean same(Path folder, Path read) {
        return folders.contains(read)
                ? folder.equals(read)
                : !folder.toString().isEmpty() && (folder.endsWith(read) || read.endsWith(folder));
    }

    private static Stream<Path> parents(Path folder) {
        return Stream.iterate(folder.getParent(), parent -> parent != null, Path::getParent);
    }

    private static Path folder(Manifest object) {
        return path(object.folder());
    }

    /** The path as written; what no file can be called is no folder. */
    private static Path path(String written) {
        try {
            return Path.of(written).normalize();
        } catch (InvalidPathException none) {
            return Path.of("");
        }
    }
}
