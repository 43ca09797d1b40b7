package software.amazon.jsii;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what this thread asks of cdk8s' process; in jsii's package, which shows its messages to nobody else. */
public final class KernelMessages implements AutoCloseable {
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    public KernelMessages() {
        JsiiRuntime.messageInspector.set(this::count);
    }

    private void count(JsonNode message, MessageInspector.MessageType type) {
        if (type == MessageInspector.MessageType.Request && message.has("api")) {
            counts.merge(message.get("api").asText(), 1, Integer::sum);
        }
    }

    /** How many there were of each kind, such as {@code create} and {@code get}; without loading modules. */
    public SortedMap<String, Integer> byKind() {
        var asked = new TreeMap<>(counts);
        asked.remove("load");
        return asked;
    }

    public int all() {
        return byKind().values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        JsiiRuntime.messageInspector.remove();
    }
}
