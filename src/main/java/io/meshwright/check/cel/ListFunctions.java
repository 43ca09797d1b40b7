package io.meshwright.check.cel;

import io.meshwright.check.cel.Functions.Type;
import java.time.Duration;
import java.util.List;

/** The functions on lists. */
final class ListFunctions {
    private ListFunctions() {}

    static void addTo(Functions functions) {
        functions
                .method("isSorted", Type.LIST, Type.TRUTH, ListFunctions::isSorted)
                .method("sum", Type.LIST, Type.ANY, ListFunctions::sum)
                .method("min", Type.LIST, Type.ANY, list -> extreme(list, -1))
                .method("max", Type.LIST, Type.ANY, list -> extreme(list, 1))
                .method("indexOf", Type.LIST, Type.ANY, Type.NUMBER, (list, value) -> (long) list.indexOf(value))
                .method("lastIndexOf", Type.LIST, Type.ANY, Type.NUMBER, (list, value) ->
                        (long) list.lastIndexOf(value));
    }

    private static boolean isSorted(List<?> list) {
        for (int index = 1; index < list.size(); index++) {
            if (compare(list.get(index - 1), list.get(index)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, int sign) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("an empty list has neither least nor greatest");
        }
        Object best = list.get(0);
        for (Object value : list) {
            best = compare(value, best) * sign > 0 ? value : best;
        }
        return best;
    }

    private static Object sum(List<?> list) {
        Object sum = list.isEmpty() ? 0L : list.get(0);
        for (Object value : list.subList(Math.min(1, list.size()), list.size())) {
            sum = sum(sum, value);
        }
        return sum;
    }

    private static Object sum(Object one, Object other) {
        if (one instanceof Long whole && other instanceof Long more) {
            return Math.addExact(whole, more);
        }
        if (one instanceof Duration time && other instanceof Duration more) {
            return time.plus(more);
        }
        return ((Number) one).doubleValue() + ((Number) other).doubleValue();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) {
        if (one instanceof Number number && other instanceof Number more && one.getClass() != other.getClass()) {
            return Double.compare(number.doubleValue(), more.doubleValue());
        }
        return ((Comparable) one).compareTo(other);
    }
}
