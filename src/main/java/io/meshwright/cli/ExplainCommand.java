package io.meshwright.cli;

import io.meshwright.environment.Environment;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyFacts;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.environment.reader.Reading;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.file.References;
import io.meshwright.reference.Explanation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a key of environment files is. */
@Command(
        name = "explain",
        description = "Tell what a key of environment files is: type, default, bounds, meaning, example, where it is"
                + " used; without KEY, which there are.")
final class ExplainCommand implements Callable<Integer> {
    private final Synthesis synthesis;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Folders.Environments environments;

    @Mixin
    private Folders.Docs docs;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KEY",
            description = "Such as services.*.release.steps, or as an error names it: services.web.ports[0].port.")
    private @Nullable String asked;

    ExplainCommand(Synthesis synthesis, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        KeyTree tree = KeyTree.of(Environment.class);
        if (asked == null) {
            tree.parts()
                    .forEach(part -> console.result(
                            "%-15s %s".formatted(part, KeyFacts.sentence(part)).strip()));
            return ExitCode.CLEAN.number();
        }
        List<Key> keys = tree.find(asked);
        if (keys.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "KEY: \"%s\" is no key; %s".formatted(asked, instead(tree, asked)));
        }
        explain(tree, keys, console);
        return ExitCode.CLEAN.number();
    }

    private void explain(KeyTree tree, List<Key> keys, Console console) throws IOException {
        References references = docs.in(surroundings).references();
        List<Reading.Accepted<Environment>> files = read();
        String between = "";
        for (Key key : keys) {
            List<String> used = files.stream()
                    .flatMap(file -> file.places().written(key).stream())
                    .toList();
            console.result(between + String.join("\n", Explanation.of(tree, key, used, references.page(tree, key))));
            between = "\n";
        }
    }

    /** The files that are right; what is wrong with the others is for synth to tell. */
    private List<Reading.Accepted<Environment>> read() throws IOException {
        List<Reading.Accepted<Environment>> files = new ArrayList<>();
        for (Path file : EnvironmentFiles.in(environments.in(surroundings).environments())
                .chosen(List.of())) {
            if (synthesis.read(file) instanceof Reading.Accepted<Environment> accepted) {
                files.add(accepted);
            }
        }
        return files;
    }

    private String instead(KeyTree tree, String asked) {
        List<String> near = tree.near(asked);
        return near.isEmpty()
                ? "%s explain lists what there is".formatted(surroundings.program())
                : "read %s".formatted(String.join(" or ", near));
    }
}
