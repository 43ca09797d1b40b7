package io.meshwright.cli.option;

import io.meshwright.environment.Environment;
import io.meshwright.environment.aiops.Model;
import io.meshwright.incident.ask.Endpoint;
import io.meshwright.incident.ask.ModelAnswer;
import io.meshwright.incident.ask.ModelClient;
import io.meshwright.incident.ask.Prompt;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The language model that a command line wants to be asked besides. */
public final class AskedModel {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LONGEST_KEY = 4096;

    @Option(
            names = "--ask",
            paramLabel = "NAME",
            description = "Ask this model of the environment's aiOps.models about the explanation too; needs --env.")
    private @Nullable String name;

    @Option(
            names = "--show-prompt",
            description = "Print exactly what would leave for the model of --ask, and send nothing.")
    private boolean shows;

    /** Tells whether a model is named. */
    public boolean isAsked() {
        if (name == null && shows) {
            throw new InvalidValue("--show-prompt", "no model is named", "name one with --ask");
        }
        return name != null;
    }

    public boolean showsPrompt() {
        return shows;
    }

    /** The end point that the environment declares. */
    public Model declared(Environment environment) {
        Map<String, Model> models = environment.aiOps() == null
                ? Map.of()
                : environment.aiOps().models().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        Model model = models.get(String.valueOf(name));
        if (model == null) {
            throw new InvalidValue(
                    "--ask",
                    "\"%s\" is no model of this environment".formatted(name),
                    models.isEmpty()
                            ? "declare one under aiOps.models"
                            : "use one of %s"
                                    .formatted(String.join(
                                            ", ",
                                            models.keySet().stream().sorted().toList())));
        }
        return model;
    }

    public static Endpoint endpoint(Model model) {
        if (model instanceof Model.AzureOpenAi azure) {
            return Endpoint.azure(azure.url().value(), azure.deployment(), azure.apiVersion());
        }
        Model.OpenAi other = (Model.OpenAi) model;
        return Endpoint.openAi(other.url().value(), other.model());
    }

    /** Sends the prompt; the answer line by line. */
    public List<String> answer(Model model, Prompt prompt, Map<String, String> variables) throws IOException {
        String answer = new ModelClient(PATIENCE).ask(endpoint(model), key(model.key(), variables), prompt);
        return ModelAnswer.lines(String.valueOf(name), answer, prompt);
    }

    private static String key(Model.Key key, Map<String, String> variables) throws IOException {
        String place = key.file() == null ? "variable %s".formatted(key.variable()) : "file %s".formatted(key.file());
        String text = key.file() == null
                ? variables.getOrDefault(String.valueOf(key.variable()), "")
                : file(Path.of(key.file()));
        String bare = text.strip();
        // Anything else would be another header.
        if (!bare.matches("[\\x21-\\x7e]{1,%d}".formatted(LONGEST_KEY))) {
            throw new InvalidValue("--ask", "the %s holds no key".formatted(place), "put the key there, on one line");
        }
        return bare;
    }

    private static String file(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= LONGEST_KEY
                ? Files.readString(file, StandardCharsets.ISO_8859_1)
                : "";
    }
}
