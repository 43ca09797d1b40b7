package io.meshwright.builders;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The source of the class of setters of one record. */
final class SettersSource {
    private final String packageName;
    private final String owner;
    private final Group props;

    private SettersSource(String packageName, String owner, Group props) {
        this.packageName = packageName;
        this.owner = owner;
        this.props = props;
    }

    static SettersSource of(TypeElement props, Elements elements) {
        if (!props.getEnclosingElement().getKind().isClass()) {
            return new SettersSource(
                    elements.getPackageOf(props).getQualifiedName().toString(),
                    props.getSimpleName().toString(),
                    Group.ofValue(props));
        }
        return new SettersSource(
                elements.getPackageOf(props).getQualifiedName().toString(),
                props.getEnclosingElement().getSimpleName().toString(),
                Group.of(props, elements));
    }

    String qualifiedName() {
        return "%s.%s".formatted(packageName, simpleName());
    }

    String text() {
        return """
        package %s;

        /** The setters of {@code %s.Builder}, one for each component of {@code %s}. */
        @javax.annotation.processing.Generated("%s")
        abstract class %s<B> {
        %s
        %s
            /** All that is set until now, in a record that nothing set later changes. */
            %s props() {
                return %s;
            }
        %s
            @SuppressWarnings("unchecked") // B is the class that extends this one
            private B self() {
                return (B) this;
            }
        }
        """.formatted(
                        packageName,
                        owner,
                        props.type(),
                        BuildableProcessor.class.getName(),
                        simpleName(),
                        text(props.settings().stream().map(Setting::field).toList(), "\n"),
                        text(props.settings().stream().map(Setting::setter).toList(), ""),
                        props.type(),
                        props.expression(),
                        props.takeover());
    }

    private String simpleName() {
        return "%sSetters".formatted(owner);
    }

    private static String text(List<String> parts, String separator) {
        return parts.stream().collect(Collectors.joining(separator));
    }
}
