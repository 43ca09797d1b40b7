package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Map;

/**
 * What a client got: {@code status} is 0 where there was no answer of HTTP, {@code problem} then says why, {@code from}
 * is the client's own address as proxies see it.
 */
record Answer(int status, Map<String, String> headers, String body, String problem, String from, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an application said; missing where none did. */
    JsonNode said() {
        try {
            JsonNode said = JSON.readTree(body);
            return said != null && said.has("at") ? said : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
