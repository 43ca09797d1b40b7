package io.meshwright.builders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Elements;

/**
 * A record with what is set in it and in the records of the same class that it is made of.
 *
 * @param type the record with all its packages
 * @param settings one for each setter
 * @param expression that makes the record of the fields
 * @param takeover method that sets all as another record has it; empty for none
 */
record Group(String type, List<Setting> settings, String expression, String takeover) {
    /** A value by itself, whose constructor knows what may be absent. */
    static Group ofValue(TypeElement value) {
        List<Setting> settings =
                value.getRecordComponents().stream().map(Setting::asItIs).toList();
        String type = value.getQualifiedName().toString();
        return new Group(
                type,
                settings,
                settings.stream().map(Setting::name).collect(Collectors.joining(", ", "new %s(".formatted(type), ")")),
                """

                    /** Takes over all of another one. */
                    public B from(%s other) {
                %s
                        return self();
                    }
                """.formatted(
                                type,
                                settings.stream()
                                        .map(setting -> "        this.%s = other.%s();"
                                                .formatted(setting.name(), setting.name()))
                                        .collect(Collectors.joining("\n"))));
    }

    static Group of(TypeElement group, Elements elements) {
        Map<String, String> descriptions = ParamTags.of(elements.getDocComment(group));
        List<Setting> settings = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (RecordComponentElement component : group.getRecordComponents()) {
            if (isGroup(component, group.getEnclosingElement())) {
                Group part = of((TypeElement) ((DeclaredType) component.asType()).asElement(), elements);
                settings.addAll(part.settings());
                arguments.add(part.expression());
            } else {
                Setting setting = Setting.of(
                        component, descriptions.get(component.getSimpleName().toString()));
                settings.add(setting);
                arguments.add(setting.argument());
            }
        }
        String type = group.getQualifiedName().toString();
        return new Group(
                type,
                settings,
                arguments.stream().collect(Collectors.joining(",\n", "new %s(\n".formatted(type), ")")),
                "");
    }

    private static boolean isGroup(RecordComponentElement component, Element owner) {
        return component.asType() instanceof DeclaredType type
                && type.asElement().getKind() == ElementKind.RECORD
                && type.asElement().getEnclosingElement().equals(owner);
    }
}
