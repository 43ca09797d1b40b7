package io.meshwright.environment.reader;

import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    // A comment that takes a closing bracket with it was hardly meant as one (YAML 1.2, 6.6).
    private static final Pattern SWALLOWED = Pattern.compile("\\s(#[^ ].*[}\\]].*)$");

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
            refuse(e, text, problems);
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

    private static void refuse(MarkedYAMLException e, String text, Problems problems) {
        if (e.getContextMark() != null
                && e.getProblemMark() != null
                && String.valueOf(e.getContext()).contains(" flow ")
                && tellsComment(e.getContextMark().getLine(), e.getProblemMark().getLine(), text, problems)) {
            return;
        }
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        String context = e.getContext() == null ? "" : " (%s)".formatted(sentence(e.getContext()));
        problems.add(mark, KeyPath.root(), "%s%s".formatted(sentence(e.getProblem()), context), remedy(e));
    }

    /**
     * Looks for a bracket that is missed in comments, from the last line with text before the one where it is missed.
     */
    private static boolean tellsComment(int begun, int missed, String text, Problems problems) {
        List<String> lines = text.lines().toList();
        int first = Math.min(begun, lines.size() - 1);
        while (first > 0 && (first == missed || lines.get(first).isBlank())) {
            first--;
        }
        for (int line = first; line <= Math.min(missed, lines.size() - 1); line++) {
            Matcher comment = SWALLOWED.matcher(lines.get(line));
            if (comment.find()) {
                problems.add(
                        line + 1,
                        comment.start(1) + 1,
                        "%s is a comment, and the bracket in it closes nothing"
                                .formatted(Plain.quoted(comment.group(1))),
                        "put a text that begins with # in quotes");
                return true;
            }
        }
        return false;
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
