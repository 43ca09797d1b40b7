package io.meshwright.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.List;

/** Into which namespaces an object is shown: {@code *} all, {@code .} its own, {@code ~} none, or a namespace by name. */
public record Export(String owner, List<String> namespaces) {

  private static final String ALL = "*";
  private static final String OWN = ".";

  /** What exportTo says, or the mesh's default when it says nothing. */
  static Export of(JsonNode exportTo, String owner, List<String> meshDefault) {
    List<String> written = Fields.texts(exportTo);
    return new Export(owner, written.isEmpty() ? meshDefault : written);
  }

  public boolean reaches(String namespace) {
    return namespaces.contains(ALL) || namespaces.contains(namespace) || namespaces.contains(OWN) && owner.equals(namespace);
  }

  public boolean isPublic() {
    return namespaces.contains(ALL);
  }

  /** Shown in its own namespace only. */
  public boolean isPrivate() {
    return namespaces.size() == 1 && namespaces.stream().allMatch(to -> to.equals(OWN) || to.equals(owner));
  }
}
