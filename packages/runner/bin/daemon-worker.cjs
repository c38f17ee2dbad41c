/** The thread behind a daemon. */
'use strict';
const { join } = require('path');

void require('./load-bundle.cjs').loadBundle(join(__dirname, '../dist')).work();
