package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import java.util.LinkedHashMap;
import java.util.Map;

/** Operations that look ahead; each part is a choice of its own, and one that is not named costs nothing. */
@Doc("Operations that look ahead; each part is a choice of its own.")
public record AiOps(
        @Defaulted @Doc("Language models that incident --ask may ask, by a name of one's own; default: none.")
        Map<Name, Model> models) {
    public AiOps {
        models = models == null ? Map.of() : new LinkedHashMap<>(models);
    }
}
