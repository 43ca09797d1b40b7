package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Unreadable.Flaw;
import java.io.StringReader;
import java.lang.ref.SoftReference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** One stretch of a file between document marks; it keeps the text and looks places up only when someone asks. */
final class Document {
    private static final Pattern LONG_KEY = Pattern.compile("\"[^\"\\n]{1023,}+\"[ \\t]*:|(?m)^[^:#\"'\\n]{1025,}+:");
    private static final Set<Event.ID> BETWEEN =
            EnumSet.of(Event.ID.StreamStart, Event.ID.DocumentStart, Event.ID.DocumentEnd);

    // Of Helm and Go, of Jinja, and of programs that replace a word: a line, or what begins a value.
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{|\\{%|(?m)^\\s*(\\$\\{\\w+}|__[A-Z_]+__)\\s*$|: \\{\\w+}[^\\s,}]");
    // carvel.dev, ytt: comments that are code, and those that tell how one document is laid over another.
    private static final Pattern YTT =
            Pattern.compile("(?m)#@(overlay|data|schema|library)/|^\\s*#@ +(load\\(|if |for |def )|:\\s+#@ ");
    private static final Pattern KEY = Pattern.compile("[\\w./-][\"']?[ \\t]*:(\\s|$)");
    private static final String JSON = ".json";

    private final String file;
    private final Supplier<String> text;
    private final int firstLine;
    private SoftReference<List<Map<String, Place>>> places = new SoftReference<>(null);

    /** {@code firstLine} counts from 1. */
    Document(String file, String text, int firstLine) {
        this(file, () -> text, firstLine);
    }

    /** The same where the text is only asked for when a place is looked up. */
    Document(String file, Supplier<String> text, int firstLine) {
        this.file = file;
        this.text = text;
        this.firstLine = firstLine;
    }

    int firstLine() {
        return firstLine;
    }

    String text() {
        return text.get();
    }

    /** Tells whether it belongs to the file of that normal path. */
    boolean isOf(String normal) {
        try {
            return Path.of(file).normalize().toString().equals(normal);
        } catch (InvalidPathException none) {
            return false;
        }
    }

    /** One root of the stretch; "..." can end a document without a mark that begins the next. */
    record Root(int index, JsonNode body, Place place) {}

    /** The roots that can be read; what cannot be read is told to the consumer. */
    List<Root> roots(Consumer<Unreadable> unreadable) {
        List<Root> roots = new ArrayList<>();
        OptionalInt overlong = OverlongText.in(text());
        if (overlong.isPresent()) {
            unreadable.accept(new Unreadable(
                    place(overlong.getAsInt()),
                    Flaw.SIZE,
                    "document: holds a text of more than 1.5 MiB, which no cluster stores; shorten it"));
            return roots;
        }
        try {
            Parser events = events();
            while (next(events)) {
                Place place = place(events.peekEvent().getStartMark());
                roots.add(new Root(roots.size(), new EventReader(events, new Complaints(unreadable)).read(), place));
            }
        } catch (BadDocument bad) {
            Place place = bad.mark().map(this::place).orElseGet(this::start);
            unreadable.accept(flaw(new Unreadable(place, bad.flaw(), bad.complaint())));
        } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException bad) {
            // snakeyaml lets the latter two through for escapes outside Unicode.
            unreadable.accept(flaw(new Unreadable(
                    place(bad), Flaw.SYNTAX, "document: is not YAML, %s; mend it".formatted(reason(bad)))));
        }
        return roots;
    }

    private Unreadable flaw(Unreadable found) {
        if (found.flaw() != Flaw.SYNTAX) {
            return found;
        }
        if (TEMPLATE.matcher(text()).find()) {
            return new Unreadable(
                    found.place(), Flaw.TEMPLATE, "document: is a template; render it, such as by helm template");
        }
        if (!KEY.matcher(text()).find()) {
            // An inventory of Ansible, a list of hosts and the like, whatever the file is called.
            return new Unreadable(
                    found.place(), Flaw.FOREIGN, "document: is no Kubernetes object, nor YAML; leave it out");
        }
        // Settings of editors and compilers are JSON with comments.
        return file.endsWith(JSON) && !text().contains("apiVersion")
                ? new Unreadable(
                        found.place(),
                        Flaw.FOREIGN,
                        "document: is no Kubernetes object, nor JSON as Kubernetes reads it; leave it out")
                : found;
    }

    /** True if ytt has to fill it in before it is an object. */
    boolean isOfYtt() {
        return text().contains("#@") && YTT.matcher(text()).find();
    }

    /** Place of a field of a root, or else of its nearest ancestor that is written. */
    Place place(int root, String pointer) {
        Map<String, Place> known = places().get(root);
        String nearest = pointer;
        while (!nearest.isEmpty() && !known.containsKey(nearest)) {
            nearest = Pointers.parent(nearest);
        }
        return Objects.requireNonNull(known.get(nearest), "every root has a place");
    }

    private synchronized List<Map<String, Place>> places() {
        List<Map<String, Place>> known = places.get();
        if (known == null) {
            known = survey();
            places = new SoftReference<>(known);
        }
        return known;
    }

    private List<Map<String, Place>> survey() {
        List<Map<String, Place>> survey = new ArrayList<>();
        Parser events = events();
        try {
            while (next(events)) {
                Map<String, Place> root = new HashMap<>();
                survey.add(root);
                new EventReader(events, new Survey(root)).read();
            }
        } catch (BadDocument | YAMLException | IllegalArgumentException | IndexOutOfBoundsException reported) {
            // Told when the roots were read; the places before the flaw are good.
            return survey;
        }
        return survey;
    }

    private Parser events() {
        LoaderOptions options = new LoaderOptions();
        // The reader has already refused files that are too large.
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new ParserImpl(new StreamReader(new StringReader(text())), options);
    }

    private static boolean next(Parser events) {
        while (BETWEEN.contains(events.peekEvent().getEventId())) {
            events.getEvent();
        }
        return !events.checkEvent(Event.ID.StreamEnd);
    }

    /** The place so many lines below that of a document with the same text. */
    Place place(Place other, int lines) {
        return new Place(file, other.line() + lines, other.column());
    }

    private Place start() {
        return new Place(file, firstLine, 1);
    }

    private Place place(Mark mark) {
        return new Place(file, firstLine + mark.getLine(), mark.getColumn() + 1);
    }

    private Place place(RuntimeException bad) {
        if (bad instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return place(marked.getProblemMark());
        }
        if (bad instanceof ReaderException character) {
            String whole = text();
            return place(whole.offsetByCodePoints(
                    0, Math.min(character.getPosition(), whole.codePointCount(0, whole.length()))));
        }
        return start();
    }

    private Place place(int offset) {
        String before = text().substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        return new Place(
                file, firstLine + (int) before.chars().filter(c -> c == '\n').count(), offset - lineStart + 1);
    }

    private String reason(RuntimeException bad) {
        // YAML 1.2, 7.4.2: a key without a question mark before it is found by looking that far ahead.
        if (LONG_KEY.matcher(text()).find()) {
            return "a key is longer than 1,024 characters";
        }
        if (bad instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            return marked.getProblem();
        }
        return bad instanceof ReaderException
                ? "it holds a control character"
                : "it holds an escape that is no character";
    }

    private final class Complaints implements EventReader.Listener {
        private final Consumer<Unreadable> unreadable;

        Complaints(Consumer<Unreadable> unreadable) {
            this.unreadable = unreadable;
        }

        @Override
        public boolean wantsPlaces() {
            return false;
        }

        @Override
        public void stands(String pointer, Mark mark) {}

        @Override
        public void duplicate(String key, Mark mark) {
            unreadable.accept(new Unreadable(
                    place(mark),
                    Flaw.DUPLICATE_KEY,
                    "%s: is written twice and only the last value counts; keep one".formatted(key)));
        }
    }

    private final class Survey implements EventReader.Listener {
        private final Map<String, Place> places;

        Survey(Map<String, Place> places) {
            this.places = places;
        }

        @Override
        public boolean wantsPlaces() {
            return true;
        }

        @Override
        public void stands(String pointer, Mark mark) {
            places.put(pointer, place(mark));
        }

        @Override
        public void duplicate(String key, Mark mark) {}
    }
}
