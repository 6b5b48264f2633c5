/**
 * Who asks, by HTTP and by Socket.IO, and what that person may do. Routes say which role they are
 * for and ask {@link courier.identity.Access}; nobody else knows of tokens.
 */
package courier.identity;
