package courier.check.mistake;

import courier.check.source.Step;

/** An expression with the brackets that it lacks. */
final class Closed {
  private Closed() {}

  static String of(String expression, Step step, String key) {
    StringBuilder text = new StringBuilder();
    int open = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (expression.startsWith("${", i)) {
        open++;
      } else if (open > 0 && c == '}') {
        open--;
      } else if (open > 0 && endsName(expression, i)) {
        text.append("}".repeat(open));
        open = 0;
      }
      text.append(c);
    }
    text.append("}".repeat(open));
    String last = key.substring(key.lastIndexOf('.') + 1);
    return "%s: \"%s\"".formatted(last, text.toString().replace("\"", "\\\""));
  }

  /** A blank with an operator behind it. */
  private static boolean endsName(String expression, int at) {
    return expression
            .substring(at)
            .matches("(?s) (==|!=|<=?|>=?|=~|in|contains|\\|\\||&&|is|range|regex) .*|\\).*")
        && !expression.substring(0, at).matches("(?s).*\\([^)]*");
  }
}
