package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Source;
import java.util.regex.Pattern;

/**
 * Weighs errors by what manifests cannot tell: values that something fills in later, and which of several versions of
 * an object is applied.
 */
final class Doubts {

  // Helm and Go templates, Flux and envsubst, Kustomize's vars, and the words that people leave to be replaced.
  private static final Pattern LATER = Pattern.compile(
      "\\{\\{|\\$\\{|\\$\\(|<[A-Za-z][\\w -]*>|"
          + "PLACEHOLDER|REPLACE|CHANGE_?ME|__[A-Z_]+__|^\\.\\.\\.$|[A-Z]+_[A-Z_]+\\.|\\.[A-Z]+_[A-Z_]+");
  private static final int FIRST_ABOUT_MESH = Rule.ROUTE_TO_UNKNOWN_GATEWAY.ordinal();

  private final Manifests manifests;

  Doubts(Manifests manifests) {
    this.manifests = manifests;
  }

  Finding weighed(Finding finding) {
    if (!finding.isError() || finding.source().isEmpty()) {
      return finding;
    }
    Source source = finding.source().get();
    if (isFilledIn(source)) {
      return finding.as(Severity.INFO).saying("as it stands, %s".formatted(finding.message()))
          .remedy("Check what is applied: render the template, or let what fills in the value write it first.");
    }
    int versions = versions(source.manifest());
    return versions < 2 || finding.rule().ordinal() < FIRST_ABOUT_MESH ? finding : finding.as(Severity.WARNING)
        .saying("%s; this is one of %d versions of the object".formatted(finding.message(), versions));
  }

  private static boolean isFilledIn(Source source) {
    Manifest object = source.manifest();
    return LATER.matcher(object.at(source.pointer()).asText("")).find() || LATER.matcher(object.toString()).find();
  }

  /** How many different objects are written under the identity of this one. */
  private int versions(Manifest manifest) {
    return (int) manifests.same(manifest.kind(), manifest.home(), manifest.name()).stream().map(Manifest::body)
        .distinct().count();
  }
}
