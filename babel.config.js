// Only jest reads this: it runs the sources, and JupyterLab's packages, as CommonJS on the Node.js that is there.
module.exports = {
  presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-react', '@babel/preset-typescript']
};
