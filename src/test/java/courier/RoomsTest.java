package courier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** What the rooms may know of each other, as their package-info says. */
class RoomsTest {
  private static final JavaClasses COURIER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("courier");

  private static void knowsNot(String[] rooms, String... others) {
    noClasses()
        .that()
        .resideInAnyPackage(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(COURIER);
  }

  private static String[] rooms(String... rooms) {
    return rooms;
  }

  @Test
  void theFeedKnowsNeitherCamelNorConnections() {
    knowsNot(
        rooms("courier.feed.."),
        "org.apache.camel..",
        "com.corundumstudio..",
        "io.netty..",
        "courier.socketio..");
  }

  @Test
  void turnsKnowNothingOfWhatIsDoneInThem() {
    knowsNot(rooms("courier.feed.turns"), "courier.feed", "courier.feed.log");
  }

  @Test
  void packetsGuardAndEntryKnowNoSession() {
    knowsNot(
        rooms("courier.socketio.packet", "courier.socketio.guard", "courier.socketio.entry"),
        "courier.socketio",
        "courier.socketio.server",
        "courier.feed..");
  }

  @Test
  void theServerKnowsNoRoute() {
    knowsNot(rooms("courier.socketio.server"), "courier.socketio", "org.apache.camel.support..");
  }

  @Test
  void whatIsInsideVertxIsTouchedInTwoPlaces() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("courier.http.Wire")
        .and()
        .haveNameNotMatching("courier\\.http\\.HttpVertx.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..impl..")
        .check(COURIER);
  }

  @Test
  void theyStandInNoCircle() {
    SlicesRuleDefinition.slices()
        .matching("courier.(socketio|feed).(*)..")
        .should()
        .beFreeOfCycles()
        .check(COURIER);
  }
}
