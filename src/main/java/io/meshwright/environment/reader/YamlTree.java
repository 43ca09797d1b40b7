package io.meshwright.environment.reader;

import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** Text as the nodes of its YAML documents, mostly one; nothing in it is ever turned into an object by its tag. */
final class YamlTree {
    private YamlTree() {}

    /** @param file to which the marks of all nodes point */
    static Optional<Node> of(String file, String text, Problems problems) {
        return read(
                text,
                problems,
                () -> PlainYaml.holds(parser(file, text), problems) ? compose(file, text, problems) : Optional.empty());
    }

    /** The documents of a file that may have several; empty ones are left out. */
    static List<Node> all(String file, String text, Problems problems) {
        return read(
                        text,
                        problems,
                        () -> PlainYaml.holdsMany(parser(file, text), problems)
                                ? Optional.of(documents(file, text))
                                : Optional.<List<Node>>empty())
                .orElse(List.of());
    }

    private static List<Node> documents(String file, String text) {
        Composer composer = new Composer(parser(file, text), new CoreResolver(), options());
        List<Node> documents = new ArrayList<>();
        while (composer.checkNode()) {
            Node document = composer.getNode();
            if (!document.getTag().equals(Tag.NULL)) {
                documents.add(document);
            }
        }
        return documents;
    }

    private static <T> Optional<T> read(String text, Problems problems, Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (MarkedYAMLException e) {
            refuse(e, problems);
        } catch (ReaderException e) {
            refuse(e, text, problems);
        } catch (YAMLException e) {
            problems.add(
                    1, 1, "the file cannot be read (%s)".formatted(sentence(e.getMessage())), "nest or write less");
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(String file, String text, Problems problems) {
        Node root = new Composer(parser(file, text), new CoreResolver(), options()).getSingleNode();
        if (root == null || root.getTag().equals(Tag.NULL)) {
            problems.add(1, 1, "the file is empty", "write its keys");
            return Optional.empty();
        }
        return Optional.of(root);
    }

    private static ParserImpl parser(String file, String text) {
        return new ParserImpl(new MarkedReader(file, text), options());
    }

    /** Names the file in every mark, which snakeyaml calls "string". */
    private static final class MarkedReader extends StreamReader {
        private static final int[] NO_SNIPPET = {};
        private final String file;

        MarkedReader(String file, String text) {
            super(text);
            this.file = file;
        }

        @Override
        public Mark getMark() {
            return new Mark(file, getIndex(), getLine(), getColumn(), NO_SNIPPET, 0);
        }
    }

    private static LoaderOptions options() {
        return new LoaderOptions();
    }

    private static void refuse(MarkedYAMLException e, Problems problems) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String context = e.getContext() == null ? "" : " (%s)".formatted(sentence(e.getContext()));
        problems.add(mark, KeyPath.root(), "%s%s".formatted(sentence(e.getProblem()), context), remedy(e));
    }

    private static String remedy(MarkedYAMLException e) {
        return String.valueOf(e.getProblem()).contains("\\t(TAB)") ? "indent with spaces" : "correct the YAML here";
    }

    private static void refuse(ReaderException e, String text, Problems problems) {
        String before = text.substring(0, Math.min(text.length(), text.offsetByCodePoints(0, e.getPosition())));
        String last = before.substring(before.lastIndexOf('\n') + 1);
        problems.add(
                (int) before.chars().filter(c -> c == '\n').count() + 1,
                last.codePointCount(0, last.length()) + 1,
                "character U+%04X is not allowed in YAML".formatted(e.getCodePoint()),
                "remove it or write it as an escape in double quotes");
    }

    private static String sentence(@Nullable String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
