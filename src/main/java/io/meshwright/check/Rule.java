package io.meshwright.check;

import static io.meshwright.check.Severity.ERROR;
import static io.meshwright.check.Severity.INFO;
import static io.meshwright.check.Severity.WARNING;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue: everything that can be wrong, by a code that is never used for anything else again. The text is what docs/checks.md says:
 * what it is in a sentence, the codes of istioctl (IST) and Kiali (KIA) for the same, what happens to traffic, and what to do.
 */
public enum Rule {
  UNREADABLE_FILE(101, ERROR, "A file cannot be read", "",
      "What it holds is neither checked nor, as it stands, applied.", "Save it as UTF-8 where the program may read it."),
  BROKEN_DOCUMENT(102, ERROR, "A document is not YAML", "",
      "The API server refuses it; other documents of the file are still checked.", "Mend the syntax at the place named."),
  DUPLICATE_KEY(103, WARNING, "A key is written twice in one mapping", "",
      "Only the last value counts; strict clients refuse the object.", "Keep one of the two."),
  INCOMPLETE_OBJECT(104, ERROR, "An object lacks apiVersion or kind", "",
      "The API server refuses it.", "Add the missing field."),
  FOREIGN_DOCUMENT(105, INFO, "A document is no Kubernetes object", "",
      "It is left out of the checks.", "Keep values files and the like in another folder."),
  OBJECT_WRITTEN_TWICE(106, WARNING, "Two documents describe one object", "",
      "Whichever is applied last overwrites the other.", "Keep one of the two."),
  SUPPRESSION_WITHOUT_REASON(111, ERROR, "A suppression does not say what it suppresses and why", "",
      "It suppresses nothing.", "Write \"CODE: reason\", with a code of this catalogue and a reason that a reviewer can judge."),
  SUPPRESSION_UNUSED(112, WARNING, "A suppression suppresses nothing", "",
      "It would silently hide the next finding of that code.", "Remove it."),

  ROUTE_TO_UNKNOWN_GATEWAY(121, ERROR, "A VirtualService is bound to a Gateway that does not exist", "IST0101 KIA1102",
      "No gateway serves its hosts through that binding: clients get 404.",
      "Name a Gateway as namespace/name, or declare it in an Externals object.");

  private final int number;
  private final Severity severity;
  private final String title;
  private final List<String> twins;
  private final String consequence;
  private final String remedy;

  Rule(int number, Severity severity, String title, String twins, String consequence, String remedy) {
    this.number = number;
    this.severity = severity;
    this.title = title;
    this.twins = twins.isEmpty() ? List.of() : List.of(twins.split(" "));
    this.consequence = consequence;
    this.remedy = remedy;
  }

  /** {@code MESH101}. */
  public String code() {
    return "MESH%d".formatted(number);
  }

  /** The rule of a code such as {@code MESH101}, in any case. */
  public static Optional<Rule> of(String code) {
    return Arrays.stream(values()).filter(rule -> rule.code().equalsIgnoreCase(code)).findFirst();
  }

  public Severity severity() {
    return severity;
  }

  /** One sentence without a full stop. */
  public String title() {
    return title;
  }

  /** What istioctl and Kiali call the same, such as {@code IST0101}. */
  public List<String> twins() {
    return twins;
  }

  /** What happens to traffic. */
  public String consequence() {
    return consequence;
  }

  /** What to do. */
  public String remedy() {
    return remedy;
  }

  /** A breach in a field of an object. */
  public Finding at(Source source, String message) {
    return new Finding(this, severity, Optional.of(source.manifest()), source.place(), message, remedy);
  }

  /** A breach in an object as a whole. */
  public Finding at(Manifest manifest, String message) {
    return at(Source.of(manifest), message);
  }

  /** A breach where no object could be read. */
  public Finding at(Place place, String message) {
    return new Finding(this, severity, Optional.empty(), place, message, remedy);
  }
}
