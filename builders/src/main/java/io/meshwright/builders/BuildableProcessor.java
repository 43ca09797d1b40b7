package io.meshwright.builders;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Writes a source file with setters for each {@link Buildable} record that javac compiles. */
@SupportedAnnotationTypes("io.meshwright.builders.Buildable")
public final class BuildableProcessor extends AbstractProcessor {
    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        round.getElementsAnnotatedWith(Buildable.class).forEach(this::write);
        return true;
    }

    private void write(Element element) {
        if (element.getKind() != ElementKind.RECORD) {
            refuse(
                    element,
                    "@Buildable: \"%s\" is no record; annotate X.Props, or a value by itself".formatted(element));
            return;
        }
        SettersSource source = SettersSource.of((TypeElement) element, processingEnv.getElementUtils());
        try (Writer file = processingEnv
                .getFiler()
                .createSourceFile(source.qualifiedName(), element)
                .openWriter()) {
            file.write(source.text());
        } catch (IOException problem) {
            refuse(element, "%s: cannot be written: %s".formatted(source.qualifiedName(), problem.getMessage()));
        }
    }

    private void refuse(Element element, String message) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, element);
    }
}
