module.exports = {
  apps: [
    {
      name: "customs",
      cwd: __dirname,
      script: "npm",
      args: "run serve",
      env: { NODE_ENV: "production" },
    },
  ],
};
