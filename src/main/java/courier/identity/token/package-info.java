/** Tokens: whose one is, and whether it is good (JWT, RFC 7519). Knows nothing of where it came. */
package courier.identity.token;
