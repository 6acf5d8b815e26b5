declare module 'virtual:world-shapes' {
  const shapes: import('./pack').PackedShapes;
  export default shapes;
}
