package io.meshwright.check.rule;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which folders Applications of Argo CD apply, as far as the files among the manifests tell. */
final class AppliedFolders {
  private final List<Manifest> applications;
  private final Set<Path> folders;

  AppliedFolders(Manifests manifests) {
    this.applications = manifests.kind(Kind.APPLICATION);
    this.folders = applications.isEmpty() ? Set.of()
        : manifests.all().stream().map(AppliedFolders::folder).collect(Collectors.toSet());
  }

  List<Manifest> applications() {
    return applications;
  }

  /** Every source of an Application: {@code spec.source}, or the items of {@code spec.sources}. */
  static List<Source> sources(Manifest application) {
    Source spec = Source.of(application).at("/spec");
    Stream<Source> several = IntStream.range(0, Fields.items(application.at("/spec/sources")).size())
        .mapToObj(index -> spec.item("sources", index));
    Stream<Source> single = application.at("/spec/source").isObject() ? Stream.of(spec.at("/source")) : Stream.empty();
    return Stream.concat(single, several).toList();
  }

  /** Whether the Application reads the file of that object. */
  boolean apply(Manifest application, Manifest object) {
    Path folder = folder(object);
    return sources(application).stream().anyMatch(source -> reads(source, folder));
  }

  private boolean reads(Source source, Path folder) {
    String path = source.manifest().at(source.pointer()).path("path").asText("");
    Path read = Path.of(path.startsWith("/") ? path.substring(1) : path).normalize();
    boolean below = source.manifest().at(source.pointer()).at("/directory/recurse").asBoolean(false);
    return !read.toString().isEmpty()
        && (same(folder, read) || below && parents(folder).anyMatch(parent -> same(parent, read)));
  }

  /**
   * The manifests may have been read from below the repository's root or from above it, so one of the two may have more parents
   * than the other; not so where that very folder is among the manifests.
   */
  private boolean same(Path folder, Path read) {
    return folders.contains(read) ? folder.equals(read)
        : !folder.toString().isEmpty() && (folder.endsWith(read) || read.endsWith(folder));
  }

  private static Stream<Path> parents(Path folder) {
    return Stream.iterate(folder.getParent(), parent -> parent != null, Path::getParent);
  }

  private static Path folder(Manifest object) {
    Path folder = Path.of(object.place().file()).normalize().getParent();
    return folder == null ? Path.of("") : folder;
  }
}
