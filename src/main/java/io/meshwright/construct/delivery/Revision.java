package io.meshwright.construct.delivery;

import io.meshwright.value.Name;
import java.util.List;
import java.util.Optional;

/** Which control plane: the only one, or a named one beside others, with the tags by which namespaces choose it. */
public record Revision(Optional<Name> name, List<Name> tags) {
  public Revision {
    tags = List.copyOf(tags);
  }

  /** The only control plane of the cluster. */
  public static Revision only() {
    return new Revision(Optional.empty(), List.of());
  }

  public static Revision of(Name name, Name... tags) {
    return new Revision(Optional.of(name), List.of(tags));
  }

  /** What the objects of this control plane carry at the end of their names: empty, or {@code -1-30-5}. */
  String suffix() {
    return name.map("-%s"::formatted).orElse("");
  }
}
