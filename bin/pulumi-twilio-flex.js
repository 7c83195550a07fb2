#!/usr/bin/env node
// Here before the package is built, so that npm can link it in a clone.
require("../dist/cli/main.js");
