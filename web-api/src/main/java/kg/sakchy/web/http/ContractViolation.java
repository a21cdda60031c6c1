package kg.sakchy.web.http;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which fields of a request violate the contract, and how. The validator's messages name
 * fields and rules, never values, so they may be shown.
 *
 * <p>The validator (JSON Schema 2020-12 §12.4.2, basic output) lists the rule that was broken and
 * every rule around it; for people only the innermost counts.
 */
final class ContractViolation {
  private ContractViolation() {}

  static Problem of(ValidatorException violation) {
    if (violation instanceof SchemaValidationException schema) {
      List<Problem.FieldError> errors = fields(schema.getOutputUnit().getErrors());
      if (!errors.isEmpty()) {
        Problem.FieldError first = errors.getFirst();
        String detail = first.field() + ": " + first.message();
        return new Problem(HttpFault.INVALID_ARGUMENT, detail, errors, Map.of());
      }
    }
    return Problem.of(HttpFault.INVALID_ARGUMENT, String.valueOf(violation.getMessage()));
  }

  private static List<Problem.FieldError> fields(List<OutputUnit> units) {
    Map<String, String> byField = new LinkedHashMap<>();
    for (OutputUnit unit : units) {
      String pointer = unit.getInstanceLocation().replaceFirst("^#", "");
      String rule = unit.getKeywordLocation().replaceFirst(".*/", "");
      switch (rule) {
        case "$ref", "properties" -> {}
        case "additionalProperties" -> byField.putIfAbsent(pointer, "there is no such field");
        case "required" -> byField.put(pointer + "/" + quoted(unit.getError()), "is missing");
        default -> {
          if (!pointer.isEmpty()) {
            byField.put(pointer, unit.getError());
          }
        }
      }
    }
    return byField.entrySet().stream()
        .map(entry -> new Problem.FieldError(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String quoted(String message) {
    String[] parts = message.split("\"", 3);
    return parts.length < 2 ? "" : parts[1];
  }
}
