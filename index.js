'use strict';

// n8n reads its entry points from the "n8n" block of package.json; there is nothing to import from here.
module.exports = {};
