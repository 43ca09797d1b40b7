package io.meshwright.check.cel;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;

/** Expressions about {@code self} and {@code oldSelf}, with all that Kubernetes 1.34 understands but authorizers. */
public final class Language {
    // What compares numbers of different types (Kubernetes since 1.28).
    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    private Language() {}

    /** Made when the first expression is met, because it takes a quarter of a second. */
    private static final class Common {
        private static final Cel CEL = language().build();
    }

    /** Functions of sets are rare, and take as long to make as a third of the language. */
    private static final class WithSets {
        private static final Cel CEL = language()
                .addCompilerLibraries(CelExtensions.sets(OPTIONS))
                .addRuntimeLibraries(CelExtensions.sets(OPTIONS))
                .build();
    }

    private static CelBuilder language() {
        Functions functions = new Functions();
        AddressFunctions.addTo(functions);
        QuantityFunctions.addTo(functions);
        UrlFunctions.addTo(functions);
        TextFunctions.addTo(functions);
        ListFunctions.addTo(functions);
        FormatFunctions.addTo(functions);
        SemverFunctions.addTo(functions);
        return CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("self", SimpleType.DYN)
                .addVar("oldSelf", SimpleType.DYN)
                .addCompilerLibraries(CelExtensions.strings(), CelExtensions.optional(), CelExtensions.comprehensions())
                .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.optional(), CelExtensions.comprehensions())
                .addFunctionDeclarations(functions.declarations())
                .addFunctionBindings(functions.bindings());
    }

    /** The part of the language that an expression needs. */
    private static Cel of(String expression) {
        return expression.contains("sets.") ? WithSets.CEL : Common.CEL;
    }

    /** Empty for a text that is no expression. */
    public static Optional<CelRuntime.Program> program(String expression) {
        try {
            Cel language = of(expression);
            return Optional.of(
                    language.createProgram(language.compile(expression).getAst()));
        } catch (CelValidationException | CelEvaluationException broken) {
            return Optional.empty();
        }
    }

    /** Why a text is no expression. */
    static String complaint(String expression) {
        return of(expression).compile(expression).getErrorString();
    }
}
