#!/usr/bin/env node
import './bulwark.cjs';
