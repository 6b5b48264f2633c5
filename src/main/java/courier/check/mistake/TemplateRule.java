package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;

/**
 * No route is made of a template: Camel does that at a start alone, and a save would change none.
 */
public final class TemplateRule implements Rule {
  @Override
  public void check(Source file, Folder folder, Report report) {
    file.steps()
        .filter(step -> step.kind().equals("templatedRoute"))
        .forEach(
            route ->
                report.error(
                    route,
                    "template",
                    "a route that is made of a template does not change when its file is saved",
                    "route: {id: …, from: …}, with what the template says"));
  }
}
