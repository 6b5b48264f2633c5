/** The versions of route files: what was saved, when, and what came of it. */
package courier.reload.version;
