// Merged into the builder's own configuration (package.json, jupyterlab.webpackConfig).
module.exports = {
  optimization: {
    // Rspack copies a module below 20 kB into each chunk that needs it. Our views share many small ones.
    splitChunks: { chunks: 'async', minSize: 3000, maxAsyncRequests: 30 }
  }
};
