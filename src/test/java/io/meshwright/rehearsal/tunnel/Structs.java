package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/** JSON as protobuf's own messages for it. */
final class Structs {
    private Structs() {}

    static Struct of(JsonNode object) {
        Struct.Builder struct = Struct.newBuilder();
        object.properties().forEach(field -> struct.putFields(field.getKey(), value(field.getValue())));
        return struct.build();
    }

    private static Value value(JsonNode node) {
        Value.Builder value = Value.newBuilder();
        if (node.isObject()) {
            return value.setStructValue(of(node)).build();
        }
        if (node.isArray()) {
            ListValue.Builder list = ListValue.newBuilder();
            node.forEach(item -> list.addValues(value(item)));
            return value.setListValue(list).build();
        }
        if (node.isNumber()) {
            return value.setNumberValue(node.asDouble()).build();
        }
        if (node.isBoolean()) {
            return value.setBoolValue(node.asBoolean()).build();
        }
        return node.isNull()
                ? value.setNullValue(NullValue.NULL_VALUE).build()
                : value.setStringValue(node.asText()).build();
    }
}
