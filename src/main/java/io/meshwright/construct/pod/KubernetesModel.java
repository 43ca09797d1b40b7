package io.meshwright.construct.pod;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.Word;
import io.meshwright.value.pod.ObjectName;
import java.io.IOException;

/**
 * Turns values whose components are called as Kubernetes' fields are into its models, so that no field is copied by
 * hand.
 */
public final class KubernetesModel {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_EMPTY, Include.NON_EMPTY))
            .addModule(new SimpleModule()
                    .addSerializer(new AsText<>(Name.class))
                    .addSerializer(new AsText<>(Host.class))
                    .addSerializer(new AsText<>(IpAddress.class))
                    .addSerializer(new AsText<>(ObjectName.class))
                    .addSerializer(new AsText<>(Quantity.class))
                    .addSerializer(new AsWord()))
            .build();

    private KubernetesModel() {}

    /**
     * The model with the same fields; what is empty is left out.
     *
     * @throws IllegalArgumentException where the value has a field that the model cannot have
     */
    public static <T> T of(Object value, Class<T> model) {
        return MAPPER.convertValue(value, model);
    }

    /** A value type, as it stands in a file. */
    private static final class AsText<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;

        AsText(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    /** A constant, as a file spells it, which is Kubernetes' spelling. */
    @SuppressWarnings("rawtypes")
    private static final class AsWord extends StdSerializer<Enum> {
        private static final long serialVersionUID = 1;

        AsWord() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator json, SerializerProvider provider) throws IOException {
            try {
                Word word = value.getDeclaringClass().getField(value.name()).getAnnotation(Word.class);
                json.writeString(word == null ? value.name() : word.value());
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException("every constant is a field of its type", e);
            }
        }
    }
}
