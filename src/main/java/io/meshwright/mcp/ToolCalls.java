package io.meshwright.mcp;

import io.meshwright.disclosure.DataFence;
import io.meshwright.mcp.tool.Arguments;
import io.meshwright.mcp.tool.Tool;
import io.meshwright.value.InvalidValue;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tools within bounds of time and length, and hands out what they say as data that is not trusted. */
final class ToolCalls implements AutoCloseable {
    private static final int MOST_AT_ONCE = 2;
    private static final int MOST_SECONDS = 60;
    private static final int MOST_CHARACTERS = 100_000;
    private static final int MOST_OF_REFUSAL = 2_000;
    private static final Map<String, Object> UNTRUSTED = Map.of("io.meshwright/untrusted", true);

    private final JsonSchemaValidator schemas;
    private final ExecutorService workers = Executors.newFixedThreadPool(MOST_AT_ONCE, ToolCalls::daemon);

    ToolCalls(JsonSchemaValidator schemas) {
        this.schemas = schemas;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mcp");
        thread.setDaemon(true);
        return thread;
    }

    McpSchema.CallToolResult answer(Tool tool, McpSchema.Tool described, McpSchema.CallToolRequest request) {
        Map<String, Object> given = request.arguments() == null ? Map.of() : request.arguments();
        var fit = schemas.validate(described.inputSchema(), given);
        return fit.valid()
                ? run(tool, given)
                : refused(tool, "the arguments do not fit: %s".formatted(fit.errorMessage()));
    }

    private McpSchema.CallToolResult run(Tool tool, Map<String, Object> given) {
        Future<String> working = workers.submit(() -> tool.call(new Arguments(given)));
        try {
            return result(
                    DataFence.around(tool.source(), working.get(MOST_SECONDS, TimeUnit.SECONDS), MOST_CHARACTERS),
                    false);
        } catch (ExecutionException failed) {
            return refused(tool, why(Objects.requireNonNullElse(failed.getCause(), failed)));
        } catch (TimeoutException late) {
            working.cancel(true);
            return refused(tool, "it took longer than %d s; name fewer manifests".formatted(MOST_SECONDS));
        } catch (InterruptedException ended) {
            working.cancel(true);
            Thread.currentThread().interrupt();
            return refused(tool, "the server is ending");
        }
    }

    private static String why(Throwable cause) {
        if (cause instanceof InvalidValue wrong) {
            return wrong.getMessage();
        }
        return cause instanceof IOException
                ? "files or the repository cannot be read just now"
                : "%s; this should not happen".formatted(cause.getClass().getSimpleName());
    }

    private static McpSchema.CallToolResult refused(Tool tool, String why) {
        return result(DataFence.around(tool.source(), "%s: %s".formatted(tool.name(), why), MOST_OF_REFUSAL), true);
    }

    private static McpSchema.CallToolResult result(String text, boolean isError) {
        return McpSchema.CallToolResult.builder()
                .addTextContent(text)
                .isError(isError)
                .meta(UNTRUSTED)
                .build();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
