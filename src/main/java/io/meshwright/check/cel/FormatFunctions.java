package io.meshwright.check.cel;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.meshwright.check.cel.Functions.Type;
import java.util.List;
import java.util.Optional;

/** The functions on forms of texts. */
final class FormatFunctions {
    private static final Type<TextFormat> FORMAT = Type.of("NamedFormat", TextFormat.class);
    private static final Type<Object> PERHAPS_FORMAT = new Type<>(OptionalType.create(FORMAT.type()), Object.class);
    private static final Type<Object> PERHAPS_REASONS =
            new Type<>(OptionalType.create(ListType.create(SimpleType.STRING)), Object.class);

    private FormatFunctions() {}

    static void addTo(Functions functions) {
        for (TextFormat format : TextFormat.all()) {
            String id = "kubernetes_format_".concat(format.name());
            functions.other(
                    "format.".concat(format.name()),
                    CelOverloadDecl.newGlobalOverload(id, FORMAT.type()),
                    CelFunctionBinding.from(id, List.of(), none -> format));
        }
        functions
                .function("format.named", Type.TEXT, PERHAPS_FORMAT, TextFormat::named)
                .method("validate", FORMAT, Type.TEXT, PERHAPS_REASONS, FormatFunctions::reasons);
    }

    private static Optional<List<String>> reasons(TextFormat format, String text) {
        return format.fits().test(text)
                ? Optional.empty()
                : Optional.of(List.of("\"%s\" is no %s".formatted(text, format.name())));
    }
}
