package io.meshwright.check.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshwright.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Compares objects of the built-in kinds with the models of them. */
public final class BuiltIn {

  private static final KubernetesSerialization KINDS = new KubernetesSerialization();
  private static final Map<String, Optional<Class<? extends KubernetesResource>>> MODELS = new ConcurrentHashMap<>();

  private BuiltIn() {}

  /** The models take every field into a map of others; without it Jackson says which it does not know. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  private static final ObjectMapper MAPPER = mapper();

  private static ObjectMapper mapper() {
    ObjectMapper mapper = JsonMapper.builder().annotationIntrospector(new NothingElse())
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();
    for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
        CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  /** What the model of the object's kind does not take; nothing for kinds without a model. */
  public static List<Violation> violations(Manifest manifest) {
    return model(manifest).map(model -> violations(manifest.body(), model)).orElse(List.of());
  }

  private static Optional<Class<? extends KubernetesResource>> model(Manifest manifest) {
    String group = manifest.kind().group();
    boolean builtIn = group.indexOf('.') < 0 || group.endsWith(".k8s.io") && !group.equals("gateway.networking.k8s.io");
    return builtIn ? MODELS.computeIfAbsent("%s %s".formatted(manifest.apiVersion(), manifest.kind().name()),
        key -> Optional.ofNullable(
        KINDS.getRegisteredKubernetesResource(manifest.apiVersion(), manifest.kind().name()))) : Optional.empty();
  }

  private static List<Violation> violations(JsonNode body, Class<?> model) {
    List<Violation> violations = new ArrayList<>();
    try {
      MAPPER.reader().withHandler(new Collector(violations)).forType(model).readValue(body);
    } catch (JsonMappingException refused) {
      violations.add(Violation.refused(pointer(refused), "the value is not of the field's type"));
    } catch (IOException | IllegalArgumentException refused) {
      violations.add(Violation.refused("", "a value is not of its field's type"));
    }
    return violations;
  }

  private static String pointer(JsonMappingException refused) {
    String pointer = "";
    for (JsonMappingException.Reference step : refused.getPath()) {
      pointer = Violation.child(pointer, step.getFieldName() == null ? Integer.toString(step.getIndex())
          : step.getFieldName());
    }
    return pointer;
  }

  private static final class Collector extends DeserializationProblemHandler {
    private final List<Violation> violations;

    Collector(List<Violation> violations) {
      this.violations = violations;
    }

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context, JsonParser parser, JsonDeserializer<?> deserializer, Object bean,
            String property) throws IOException {
      violations.add(Violation.unknown(parser.getParsingContext().pathAsPointer().toString(), property));
      parser.skipChildren();
      return true;
    }
  }
}
