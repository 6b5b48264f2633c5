package courier.reload.diagram;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;

/**
 * What a step says, in a few words. Placeholders stay as they are in the file, and of an address
 * there is only what names it: the rest may be a secret that not everybody who looks may know.
 */
public final class StepText {
  private static final int MOST_CHARACTERS = 160;

  private static final Pattern METHOD = Pattern.compile("httpMethodRestrict=([A-Z,]+)");
  private static final Pattern WEB = Pattern.compile("(https?:/{0,2})(?:[^/@]*@)?([^/]*)/?.*");

  private StepText() {}

  static String of(ProcessorDefinition<?> step) {
    String text = "";
    if (step instanceof SendDefinition<?> to) {
      text = address(to.getEndpointUri());
    } else if (step instanceof ToDynamicDefinition to) {
      text = address(to.getUri());
    } else if (step instanceof BeanDefinition bean) {
      text = dotted(bean(bean), bean.getMethod());
    } else if (step instanceof SetHeaderDefinition header) {
      text = header.getName() + " = " + expression(header.getExpression());
    } else if (step instanceof SetVariableDefinition variable) {
      text = variable.getName() + " = " + expression(variable.getExpression());
    } else if (step instanceof ExpressionNode node) {
      text = expression(node.getExpression());
    }
    return cut(text);
  }

  private static String cut(String text) {
    return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
  }

  /** Such as {@code kafka:{{topics.messages}}}, or {@code GET /messages}. */
  static String address(String uri) {
    String[] parts = String.valueOf(uri).split("\\?", 2);
    if (parts[0].startsWith("platform-http:")) {
      Matcher method = METHOD.matcher(parts.length > 1 ? parts[1] : "");
      String path = parts[0].replaceFirst("platform-http:/*", "/");
      return (method.find() ? method.group(1) : "any method") + " " + path;
    }
    Matcher web = WEB.matcher(parts[0]);
    return web.matches() ? web.group(1) + web.group(2) : parts[0].replaceFirst("//[^/@]*@", "//");
  }

  /** The name of its bean, or the simple one of its class. */
  public static String bean(BeanDefinition step) {
    if (step.getRef() != null) {
      return step.getRef();
    }
    Class<?> type = step.getBean() == null ? step.getBeanClass() : step.getBean().getClass();
    String name = type == null ? String.valueOf(step.getBeanType()) : type.getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  static String expression(ExpressionDefinition expression) {
    if (expression == null) {
      return "";
    }
    if (expression instanceof MethodCallExpression call) {
      String type = String.valueOf(call.getBeanTypeName());
      return dotted(
          call.getRef() == null ? type.substring(type.lastIndexOf('.') + 1) : call.getRef(),
          call.getMethod());
    }
    return expression.getExpression() == null ? "" : cut(expression.getExpression().strip());
  }

  private static String dotted(String name, String method) {
    return Stream.of(name, method).filter(part -> part != null).collect(Collectors.joining("."));
  }
}
