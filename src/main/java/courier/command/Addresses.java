package courier.command;

import java.net.URI;

/** Where the services are. */
public record Addresses(URI clientA, URI clientB) {}
