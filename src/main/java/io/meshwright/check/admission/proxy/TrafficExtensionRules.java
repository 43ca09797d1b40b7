package io.meshwright.check.admission.proxy;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.PolicyTargets;
import java.nio.charset.StandardCharsets;

/** A TrafficExtension: a plugin of WebAssembly or a script of Lua, and for which ports. */
public final class TrafficExtensionRules implements KindRules {
    private static final int LONGEST_SCRIPT = 64 * 1024;

    @Override
    public void examine(Field spec) {
        PolicyTargets.examine(spec);
        Field wasm = spec.at("wasm");
        Field lua = spec.at("lua");
        if (wasm.isSet() == lua.isSet()) {
            spec.refuse(
                    wasm.isSet() ? "there are both a plugin and a script" : "there is neither a plugin nor a script",
                    "Write either wasm or lua.");
        }
        if (wasm.isSet()) {
            WasmPluginRules.module(wasm);
        }
        if (lua.isSet()) {
            script(lua.at("inlineCode"));
        }
        WasmPluginRules.match(spec);
    }

    private static void script(Field code) {
        if (code.isEmpty()) {
            code.refuse("the script is empty", "Write inlineCode.");
        } else if (code.text().getBytes(StandardCharsets.UTF_8).length > LONGEST_SCRIPT) {
            code.refuse("the script is longer than 64 KiB", "Shorten it, or write a plugin of WebAssembly.");
        }
    }
}
