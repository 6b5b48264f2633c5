package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import courier.config.Nearest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The beans, classes and methods that a route names are there. */
public final class BeanRule implements Rule {
  private static final Pattern NAME = Pattern.compile("#bean:([\\w.-]+)");
  private static final Pattern CLASS = Pattern.compile("#(?:class|type):([\\w.$]+)");

  /** Keys whose values are classes; in beans, with their number before. */
  private static final Pattern CLASS_KEY =
      Pattern.compile("(.*\\.)?(beanType|exception(\\.\\d+)?)|\\d+\\.type");

  /** Keys whose values are beans; what a route is made of by a template is none. */
  private static final Pattern REF_KEY =
      Pattern.compile("(.*\\.)?(ref|(?!routeTemplateRef)\\w+Ref)(\\.expression)?");

  @Override
  public void check(Source file, Folder folder, Report report) {
    Looking looking = new Looking(file, folder, new Beans(folder), report);
    file.steps().forEach(step -> step.values().forEach((key, text) -> looking.at(step, key, text)));
  }

  private record Looking(Source file, Folder folder, Beans beans, Report report) {
    void at(Step step, String key, Text text) {
      String value = folder.resolved(text.value());
      if (value.contains("${") || value.contains("{{") || value.isEmpty()) {
        return;
      }
      Matcher named = NAME.matcher(value);
      Matcher classed = CLASS.matcher(value);
      if (named.matches()) {
        bean(step, named.group(1), text);
      } else if (classed.lookingAt()) {
        type(step, classed.group(1), text);
      } else if (key.startsWith("parameters.") && value.matches("#[\\w-]+")) {
        bean(step, value.substring(1), text);
      } else if (REF_KEY.matcher(key).matches() && !isFormat(step)) {
        bean(step, value, text);
      } else if (CLASS_KEY.matcher(key).matches()) {
        type(step, value, text);
      } else if (key.equals("method") || key.endsWith(".method")) {
        method(step, key.substring(0, key.length() - "method".length()), value, text);
      }
    }

    /** What is named there is a format of data. */
    private static boolean isFormat(Step step) {
      return step.kind().endsWith("marshal");
    }

    private void bean(Step step, String name, Text text) {
      if (!beans.has(name)) {
        report.error(
            step,
            text,
            "bean",
            "there is no bean %s".formatted(name),
            Nearest.to(name, beans.names())
                .map(near -> file.line(text.line()).replace(name, near))
                .orElse("- beans: [{name: " + name + ", type: …}]"));
      }
    }

    private void type(Step step, String name, Text text) {
      if (!name.matches("[\\w$]+(\\.[\\w$]+)+")
          || Classes.find(name).isPresent()
          || Classes.isBeside(name, folder)) {
        return;
      }
      if (Classes.isOfAnotherPart(name)) {
        report.warning(
            step.file(),
            text.line(),
            "needs",
            "%s is of a part of Camel that is not here".formatted(name),
            "its camel-….jar of this version of Camel into lib/");
        return;
      }
      report.error(
          step,
          text,
          "class",
          "there is no class %s".formatted(name),
          Classes.nearest(name)
              .map(near -> file.line(text.line()).replace(name, near))
              .orElse("the name of a class in lib/, with its package"));
    }

    private void method(Step step, String way, String value, Text text) {
      String name = value.replaceFirst("\\(.*", "").strip();
      Optional<Class<?>> type =
          step.text(way + "beanType")
              .flatMap(bean -> Classes.find(bean.value()))
              .or(() -> beans.type(step.value(way + "ref")));
      if (type.isPresent() && !name.isEmpty() && !Classes.methods(type.get()).contains(name)) {
        report.error(
            step,
            text,
            "method",
            "%s has no method %s".formatted(type.get().getName(), name),
            Nearest.to(name, Classes.methods(type.get()))
                .map(near -> "method: " + value.replace(name, near))
                .orElse("method: one of " + String.join(", ", Classes.methods(type.get()))));
      }
    }
  }
}
