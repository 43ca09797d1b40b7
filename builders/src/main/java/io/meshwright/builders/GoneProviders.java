package io.meshwright.builders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Takes classes that are gone out of the lists of services that an earlier compilation wrote into
 * {@code META-INF/services}. AutoService adds to such a list and takes nothing out of it, since an editor compiles
 * files one by one; a class that was moved or removed would stay in it, and {@link java.util.ServiceLoader} fail at
 * every start.
 */
@SupportedAnnotationTypes("com.google.auto.service.AutoService")
public final class GoneProviders extends AbstractProcessor {
    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        // AutoService, which reads the lists in the last round, is still to come
        annotations.stream()
                .flatMap(annotation -> round.getElementsAnnotatedWith(annotation).stream()
                        .flatMap(provider -> services(provider, annotation)))
                .distinct()
                .forEach(this::keepPresent);
        return false;
    }

    /** The services that the annotation names, by their names at run time. */
    private Stream<String> services(Element provider, TypeElement annotation) {
        return provider.getAnnotationMirrors().stream()
                .filter(mirror -> mirror.getAnnotationType().asElement().equals(annotation))
                .flatMap(mirror -> mirror.getElementValues().values().stream())
                .flatMap(value -> value.getValue() instanceof List<?> values ? values.stream() : Stream.of(value))
                .map(value -> ((AnnotationValue) value).getValue())
                .flatMap(service -> service instanceof DeclaredType type ? Stream.of(type.asElement()) : Stream.empty())
                .map(service -> processingEnv
                        .getElementUtils()
                        .getBinaryName((TypeElement) service)
                        .toString());
    }

    private void keepPresent(String service) {
        try {
            Path list = Path.of(processingEnv
                    .getFiler()
                    .getResource(StandardLocation.CLASS_OUTPUT, "", "META-INF/services/" + service)
                    .toUri());
            if (!Files.exists(list)) {
                return;
            }
            List<String> listed = Files.readAllLines(list);
            List<String> present = listed.stream().filter(this::isPresent).toList();
            if (!present.equals(listed)) {
                Files.write(list, present);
            }
        } catch (IOException problem) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "%s: its list of classes cannot be written: %s".formatted(service, problem.getMessage()));
        }
    }

    private boolean isPresent(String provider) {
        return processingEnv.getElementUtils().getTypeElement(provider.replace('$', '.')) != null;
    }
}
