package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import io.meshwright.manifest.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of a schema in the Common Expression Language, with the functions that Kubernetes adds (kubernetes.io, CEL
 * in Kubernetes).
 */
final class CelRules {

  private static final String RULES = "x-kubernetes-validations";
  private static final String OLD = "oldSelf";
  private static final Map<String, Optional<CelRuntime.Program>> PROGRAMS = new ConcurrentHashMap<>();

  private CelRules() {}

  /** Made when the first rule is met, because it takes a quarter of a second. */
  private static final class Language {
    private static final Cel CEL = CelFactory.standardCelBuilder()
        .setOptions(CelOptions.current().build())
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("self", SimpleType.DYN)
        .addCompilerLibraries(CelExtensions.strings(), CelExtensions.optional())
        .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.optional())
        .addFunctionDeclarations(
            CelFunctionDecl.newFunctionDeclaration("url", CelOverloadDecl.newGlobalOverload("string_to_url",
                SimpleType.DYN, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration("isURL", CelOverloadDecl.newGlobalOverload("is_url_string",
                SimpleType.BOOL, SimpleType.STRING)),
            part("getScheme"), part("getHost"), part("getHostname"), part("getPort"), part("getEscapedPath"))
        .addFunctionBindings(
            CelFunctionBinding.from("string_to_url", String.class, text -> url(text)
                .orElseThrow(() -> new IllegalArgumentException("no url"))),
            CelFunctionBinding.from("is_url_string", String.class, text -> url(text).isPresent()),
            binding("getScheme", "scheme"), binding("getHost", "host"), binding("getHostname", "hostname"),
                binding("getPort", "port"),
            binding("getEscapedPath", "path"))
        .build();

    private static CelFunctionDecl part(String name) {
      return CelFunctionDecl.newFunctionDeclaration(name,
          CelOverloadDecl.newMemberOverload("url_".concat(name), SimpleType.STRING, SimpleType.DYN));
    }

    private static CelFunctionBinding binding(String name, String part) {
      return CelFunctionBinding.from("url_".concat(name), Map.class, url -> url.get(part));
    }
  }

  /** The parts of an absolute URL or of a path, as Go's url.ParseRequestURI takes them. */
  private static Optional<Map<String, String>> url(String text) {
    try {
      URI uri = new URI(text);
      boolean whole = uri.getScheme() != null || text.startsWith("/");
      String host = Optional.ofNullable(uri.getHost()).orElse("");
      String port = uri.getPort() < 0 ? "" : Integer.toString(uri.getPort());
      return whole ? Optional.of(Map.of("scheme", Optional.ofNullable(uri.getScheme())
          .orElse(""), "hostname", host, "port", port,
          "host", port.isEmpty() ? host : "%s:%s".formatted(host, port), "path", Optional.ofNullable(uri.getRawPath())
              .orElse("")))
          : Optional.empty();
    } catch (URISyntaxException none) {
      return Optional.empty();
    }
  }

  /** Why the value breaks the rules that stand in its schema. */
  static List<String> of(JsonNode schema, JsonNode value) {
    List<JsonNode> rules = Fields.items(schema.path(RULES));
    if (rules.isEmpty()) {
      return List.of();
    }
    Object self = CelValue.of(schema, value);
    List<String> messages = new ArrayList<>();
    for (JsonNode rule : rules) {
      String text = rule.path("rule").asText("");
      // Rules on what the object was before have nothing to compare in a file.
      if (!text.contains(OLD) && !holds(text, self)) {
        messages.add(Fields.text(rule.path("message")).orElse("it breaks the rule %s".formatted(text.strip())));
      }
    }
    return messages;
  }

  private static boolean holds(String rule, Object self) {
    return PROGRAMS.computeIfAbsent(rule, CelRules::compiled).map(program -> {
      try {
        return !Boolean.FALSE.equals(program.eval(Map.of("self", self)));
      } catch (CelEvaluationException broken) {
        // The API server takes a rule that cannot be evaluated for one that is broken.
        return false;
      }
    }).orElse(true);
  }

  /** Empty for a rule that is none, or uses a function that Kubernetes has and this program does not. */
  static Optional<CelRuntime.Program> compiled(String rule) {
    try {
      return Optional.of(Language.CEL.createProgram(Language.CEL.compile(rule).getAst()));
    } catch (CelValidationException | CelEvaluationException unknown) {
      return Optional.empty();
    }
  }
}
